# Not labelled "threads": each answer comes through Qt's event queue, which Debian's Qt orders with futexes that
# ThreadSanitizer does not see.
foreach(name account details runs scheduler session watch)
  ll_test(test_github_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_github_${name}.cpp LINKS ll_sources_github ll_fault_server)
endforeach()
