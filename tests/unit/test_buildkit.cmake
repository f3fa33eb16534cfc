foreach(name watcher faults blobs dial fleet)
  ll_test(test_buildkit_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_buildkit_${name}.cpp
          LINKS ll_sources_fleet ll_fake_buildkitd LABELS threads)
endforeach()
ll_test(test_tls_check SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_tls_check.cpp
        LINKS ll_sources_buildkit ll_fake_buildkitd ll_fault_server LABELS threads)
ll_test(test_back_off SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_back_off.cpp LINKS ll_sources_buildkit)
ll_test(test_exec_command SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_exec_command.cpp LINKS ll_sources_buildx)
ll_test(test_discovery SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_discovery.cpp LINKS ll_sources_buildx LABELS threads)
