ll_test(test_http SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_http.cpp LINKS ll_sources_http ll_fault_server ZLIB::ZLIB LABELS threads)
# Of those without the label no run under ThreadSanitizer has been looked at yet; they use nothing but the client above.
ll_test(test_http_redirects SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_http_redirects.cpp LINKS ll_sources_http ll_fault_server ZLIB::ZLIB)
