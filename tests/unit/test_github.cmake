foreach(name account details downloads hour runs scheduler server session watch)
  ll_test(test_github_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_github_${name}.cpp LINKS ll_sources_github ll_fault_server LABELS threads)
endforeach()
