ll_test(test_build_actions SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_build_actions.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_buildx.cpp
        LINKS ll_app ll_fake_buildkitd)
