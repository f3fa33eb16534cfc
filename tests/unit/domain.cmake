foreach(name time platform step_name log_buffer reducer graph summary build_set)
  ll_test(test_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_${name}.cpp)
endforeach()
