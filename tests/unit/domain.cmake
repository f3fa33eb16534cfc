foreach(name time platform step_name log_buffer reducer graph summary build_set)
  ll_test(test_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_${name}.cpp)
endforeach()
ll_test(test_post_to SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_post_to.cpp LABELS threads)
