foreach(name http http_redirects)
  ll_test(test_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_${name}.cpp LINKS ll_sources_http ll_fault_server ZLIB::ZLIB LABELS threads)
endforeach()
