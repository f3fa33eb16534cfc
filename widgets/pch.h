// Precompiled header.
#pragma once

#include <QtWidgets>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>
