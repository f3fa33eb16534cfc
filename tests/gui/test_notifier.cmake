ll_test(test_notifier SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_notifier.cpp LINKS ll_app)
