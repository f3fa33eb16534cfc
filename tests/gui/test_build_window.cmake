# The window with a fake engine and a fake buildx behind it.
foreach(name new_build build_again wait_choices)
  ll_test(test_${name} SOURCES ${CMAKE_CURRENT_LIST_DIR}/test_${name}.cpp ${CMAKE_CURRENT_LIST_DIR}/build_window.cpp ${CMAKE_CURRENT_LIST_DIR}/fake_buildx.cpp
          LINKS ll_app ll_fake_buildkitd)
endforeach()
