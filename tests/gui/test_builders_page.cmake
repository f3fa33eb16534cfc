ll_test(test_builders_page SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_builders_page.cpp LINKS ll_widgets)
