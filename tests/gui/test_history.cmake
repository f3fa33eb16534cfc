ll_test(test_history SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_history.cpp LINKS ll_app ll_fake_buildkitd)
