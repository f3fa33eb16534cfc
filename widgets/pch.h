// Precompiled for everything with pixels and its tests.
#pragma once

#include <QtWidgets>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>
