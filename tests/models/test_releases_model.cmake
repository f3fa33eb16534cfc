ll_test(test_releases_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_releases_model.cpp LINKS ll_items)
