ll_test(test_releases_page SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_releases_page.cpp LINKS ll_widgets)
ll_test(test_releases SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_releases.cpp LINKS ll_app ll_fault_server)
