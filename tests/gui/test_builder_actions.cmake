ll_test(test_builder_actions SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_builder_actions.cpp LINKS ll_app ll_fake_buildkitd)
