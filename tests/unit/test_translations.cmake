ll_test(test_translations SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_translations.cpp ${CMAKE_CURRENT_LIST_DIR}/test_translations_catalogue.cpp
        LINKS ll_translations LABELS translations)
target_compile_definitions(test_translations PRIVATE LAYERLINE_LUPDATE="$<TARGET_FILE:Qt6::lupdate>")
