ll_test(test_build_form SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_form.cpp LINKS ll_app)
