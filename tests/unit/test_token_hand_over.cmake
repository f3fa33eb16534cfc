ll_test(test_token_hand_over SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_token_hand_over.cpp LINKS ll_cli)
