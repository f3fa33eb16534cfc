ll_test(test_layers SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_layers.cpp LINKS ll_widgets)
