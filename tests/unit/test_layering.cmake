ll_test(test_layering SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_layering.cpp ${CMAKE_CURRENT_LIST_DIR}/test_layering_rules.cpp
        LABELS architecture)
