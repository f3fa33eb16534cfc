ll_test(test_secret_names SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_secret_names.cpp LINKS ll_domain)
