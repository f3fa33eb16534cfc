ll_test(test_backtest SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_backtest.cpp LINKS ll_analysis)
