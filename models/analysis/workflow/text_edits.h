// Changes to a YAML text by places: everything that is not named stays byte for byte.
#pragma once

#include "analysis/workflow/yaml_tree.h"

#include <string>
#include <vector>

namespace layerline {

/// Collects changes of one document and applies them together. New text is given with "\n"; the file's own line ends are
/// used. A place that can't be edited safely (flow style across lines, aliases) is an Unsupported error at apply().
class TextEdits {
public:
    explicit TextEdits(const YamlDocument& document);

    /// Puts `with` in the place of [begin, end).
    void replace(std::size_t begin, std::size_t end, std::string with);
    /// A scalar's new value, in the quotes it had; block scalars become plain ones.
    void setScalar(const YamlNode& node, const std::string& value);
    /// A scalar, sequence or map by YAML text for one line: "ubuntu-latest", "[a, b]".
    void setValue(const YamlNode& node, const std::string& yaml);
    /// Takes whole lines of a member of a block map; the key behind a dash makes way for the next one.
    void removeEntry(const YamlNode& map, const YamlEntry& entry);
    /// Whole lines of a sequence's element, with the comment lines directly above it.
    void removeElement(const YamlNode& sequence, const YamlEntry& element);
    /// The same of a map's member, with its comments: a job of `jobs`.
    void removeMember(const YamlNode& map, const YamlEntry& entry);
    /// Lines for a block map behind one of its members (at the end without one), indented like its members.
    void addEntry(const YamlNode& map, const YamlEntry* after, const std::string& lines);
    /// Lines for a block sequence before one of its elements, indented like its dashes; null adds at the end.
    void addElement(const YamlNode& sequence, const YamlEntry* before, const std::string& lines);

    bool empty() const { return m_changes.empty(); }
    /// The new text. Errors: a place that can't be edited, changes that overlap.
    Result<std::string> apply() const;

    /// The element's lines with the comment lines directly above it, moved to begin at the left margin.
    std::string elementText(const YamlEntry& element) const;

private:
    struct Change {
        std::size_t begin, end;
        std::string with;
        std::size_t order;
    };
    void refuse(const YamlNode& node, const std::string& why);
    /// Is the place part of what an alias stands for too?
    bool shared(std::size_t begin, std::size_t end) const;
    void removeLines(const YamlEntry& entry, bool first);
    std::size_t commentsAbove(std::size_t lineStart, int indent) const;
    /// Behind the last line of an entry, where new lines can go; makes sure that there is a line break.
    void insertLines(std::size_t at, const std::string& lines, int indent);

    const YamlDocument& m_document;
    std::string_view m_text;
    std::string m_newline;
    std::vector<Change> m_changes;
    std::vector<Error> m_refused;
    std::vector<const YamlNode*> m_aliased; ///< what aliases stand for: one change would show in several places
};

/// Each line with so many blanks before it; empty lines stay empty.
std::string indented(const std::string& lines, int blanks);
/// The lines with their common indentation taken away.
std::string dedented(const std::string& lines);
/// A scalar as YAML: plain when that is safe, else in single quotes.
std::string yamlScalar(const std::string& value);

} // namespace layerline
