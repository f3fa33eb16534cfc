ll_test(test_notifier SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_notifier.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_desktop.cpp LINKS ll_app)
