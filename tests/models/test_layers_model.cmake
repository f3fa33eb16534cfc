ll_test(test_layers_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_layers_model.cpp LINKS ll_items)
ll_test(test_log_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_log_model.cpp LINKS ll_items)
ll_test(test_details_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_details_model.cpp LINKS ll_items)
ll_test(test_builders_model SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_builders_model.cpp LINKS ll_items)
