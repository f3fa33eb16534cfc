// A YAML document as a tree that remembers where everything stands in the text, so that the text can be edited in place.
#pragma once

#include "domain/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

enum class YamlKind { Null, Scalar, Sequence, Map };
enum class YamlStyle { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

struct YamlNode;
using YamlNodePtr = std::shared_ptr<const YamlNode>;

/// A member of a map, or an element of a sequence (then `key` is null).
struct YamlEntry {
    YamlNodePtr key;
    YamlNodePtr value;     ///< never null
    bool alias = false;    ///< the value stands elsewhere: "*name"
    std::size_t begin = 0; ///< of the key, or of the element's dash (in flow style: of the element)
    std::size_t end = 0;   ///< behind the value; of an alias behind its name
};

/// Offsets are bytes from the beginning of the text, BOM included; [begin, end) has no line break behind the value.
struct YamlNode {
    YamlKind kind = YamlKind::Null;
    YamlStyle style = YamlStyle::Plain;
    std::string scalar;
    std::size_t begin = 0, end = 0;
    int line = 1, column = 1; ///< 1-based; columns count bytes
    std::vector<YamlEntry> entries;

    /// The value of a map's key; null when this is no map or has none of that name.
    const YamlNode* find(std::string_view name) const;
    const YamlEntry* entry(std::string_view name) const;
    bool isMap() const { return kind == YamlKind::Map; }
    bool isSequence() const { return kind == YamlKind::Sequence; }
    bool isScalar() const { return kind == YamlKind::Scalar; }
};

struct YamlLimits {
    std::size_t bytes = 1 << 20;
    int depth = 64;
    std::size_t nodes = 100'000; ///< with every alias counted as often as it is used
};

struct YamlDocument {
    std::string text; ///< as given
    YamlNodePtr root;
    bool hasAliases = false;
};

/// Reads the one document of a text. Errors are BadInput or TooLarge and begin with "line L, column C: ".
Result<YamlDocument> parseYaml(std::string text, const YamlLimits& limits = {});

/// The value with YAML's own idea of its type: only plain scalars become numbers, booleans or null.
nlohmann::ordered_json toJson(const YamlNode& node);

/// "line 3, column 7: what"
std::string atPlace(const YamlNode& node, const std::string& what);

} // namespace layerline
