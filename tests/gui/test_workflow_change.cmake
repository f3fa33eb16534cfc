ll_test(test_workflow_change
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_workflow_change.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_github.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_repository.cpp
  LINKS ll_app ll_fault_server)
