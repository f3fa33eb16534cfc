# Not labelled "threads": each answer comes through Qt's event queue, which Debian's Qt orders with futexes that
# ThreadSanitizer does not see.
foreach(name http http_redirects)
  ll_test(test_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_${name}.cpp LINKS ll_sources_http ll_fault_server ZLIB::ZLIB)
endforeach()
