ll_test(test_pipelines_page SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_pipelines_page.cpp LINKS ll_widgets)
