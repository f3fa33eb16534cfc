ll_test(test_workflow_tool SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_workflow_tool.cpp LINKS ll_cli ll_resources)
