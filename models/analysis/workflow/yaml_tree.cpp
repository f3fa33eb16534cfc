#include "analysis/workflow/yaml_tree.h"

#include "analysis/workflow/yaml_scan.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <QStringDecoder>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

namespace layerline {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct Refused {
    ErrorKind kind;
    int line, column;
    std::string what;
};

std::string place(int line, int column, const std::string& what)
{
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what;
}

/// Builds the tree from yaml-cpp's events. The end of a node is not among them: it is found in the text.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::string_view text, std::size_t skipped, const YamlLimits& limits)
        : m_text(text), m_skipped(skipped), m_limits(limits)
    {
    }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        auto node = make(mark, YamlKind::Null);
        node->end = nullEnd(m_text, node->begin);
        add(node, anchor, 1);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.find(anchor);
        if (found == m_anchors.end())
            throw Refused{ErrorKind::BadInput, mark.line + 1, mark.column + 1, "an alias inside of what it stands for"};
        m_hasAliases = true;
        m_aliasBegin = offset(mark);
        m_aliasEnd = wordEnd(m_text, m_aliasBegin);
        m_isAlias = true;
        count(found->second.second, mark);
        attach(found->second.first, found->second.second);
        m_isAlias = false;
    }

    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& value) override
    {
        auto node = make(mark, YamlKind::Scalar);
        node->scalar = value;
        const ScalarEnd found = scalarEnd(m_text, node->begin, value, parentIndent());
        if (found.end == std::string_view::npos)
            throw Refused{ErrorKind::BadInput, node->line, node->column, "a quote that does not end"};
        node->style = found.style;
        node->end = found.end;
        add(node, anchor, 1);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(mark, YamlKind::Sequence, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(mark, YamlKind::Map, anchor, style);
    }
    void OnMapEnd() override { close(); }

    YamlNodePtr root() const { return m_root; }
    bool hasAliases() const { return m_hasAliases; }

private:
    struct Open {
        std::shared_ptr<YamlNode> node;
        YAML::anchor_t anchor;
        YamlNodePtr key; ///< waits for its value
        std::size_t weight = 1;
    };

    std::size_t offset(const YAML::Mark& mark) const { return std::size_t(std::max(mark.pos, 0)) + m_skipped; }

    std::shared_ptr<YamlNode> make(const YAML::Mark& mark, YamlKind kind)
    {
        count(1, mark);
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->begin = std::min(skipProperties(m_text, offset(mark)), m_text.size());
        node->end = node->begin;
        node->line = mark.line + 1;
        node->column = mark.column + 1;
        if (node->begin > offset(mark)) {
            // Behind an anchor or a tag, perhaps on the next line: it is the value's column its entries are indented like.
            node->line += int(std::count(m_text.begin() + std::ptrdiff_t(offset(mark)), m_text.begin() + std::ptrdiff_t(node->begin), '\n'));
            node->column = int(node->begin - lineBegin(m_text, node->begin)) + 1;
        }
        return node;
    }

    void count(std::size_t more, const YAML::Mark& mark)
    {
        m_nodes += more;
        if (m_nodes > m_limits.nodes)
            throw Refused{ErrorKind::TooLarge, mark.line + 1, mark.column + 1, "too many nodes"};
    }

    /// Column of the map or sequence a scalar stands in: a block scalar's lines are further to the right.
    int parentIndent() const
    {
        for (auto it = m_open.rbegin(); it != m_open.rend(); ++it) {
            if (it->node->style == YamlStyle::Block)
                return it->node->column - 1;
        }
        return -1;
    }

    void open(const YAML::Mark& mark, YamlKind kind, YAML::anchor_t anchor, YAML::EmitterStyle::value style)
    {
        if (int(m_open.size()) >= m_limits.depth)
            throw Refused{ErrorKind::TooLarge, mark.line + 1, mark.column + 1, "nested too deeply"};
        auto node = make(mark, kind);
        node->style = style == YAML::EmitterStyle::Flow ? YamlStyle::Flow : YamlStyle::Block;
        m_open.push_back({node, anchor, nullptr, 1});
    }

    void close()
    {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        std::size_t end = done.node->entries.empty() ? done.node->begin + 1 : done.node->entries.back().end;
        if (done.node->style == YamlStyle::Flow)
            end = flowEnd(m_text, end, done.node->isMap() ? '}' : ']');
        done.node->end = end;
        add(done.node, done.anchor, done.weight);
    }

    void add(const std::shared_ptr<YamlNode>& node, YAML::anchor_t anchor, std::size_t weight)
    {
        if (anchor)
            m_anchors[anchor] = {node, weight};
        attach(node, weight);
    }

    void attach(const YamlNodePtr& node, std::size_t weight)
    {
        if (m_open.empty()) {
            m_root = node;
            return;
        }
        Open& parent = m_open.back();
        parent.weight += weight;
        if (parent.node->isSequence()) {
            YamlEntry entry{nullptr, node, m_isAlias, m_isAlias ? m_aliasBegin : node->begin, m_isAlias ? m_aliasEnd : node->end};
            if (parent.node->style == YamlStyle::Block)
                entry.begin = dashBefore(m_text, entry.begin);
            parent.node->entries.push_back(std::move(entry));
        } else if (!parent.key) {
            setKey(parent, node);
        } else {
            setValue(parent, node);
        }
    }

    void setKey(Open& parent, const YamlNodePtr& node)
    {
        if (!node->isScalar())
            throw Refused{ErrorKind::BadInput, node->line, node->column, "a key that is no plain word"};
        if (parent.node->entry(node->scalar))
            throw Refused{ErrorKind::BadInput, node->line, node->column, "the key '" + node->scalar + "' stands here twice"};
        parent.key = node;
    }

    void setValue(Open& parent, const YamlNodePtr& node)
    {
        YamlEntry entry{parent.key, node, m_isAlias, parent.key->begin, m_isAlias ? m_aliasEnd : node->end};
        if (node->kind == YamlKind::Null && node->begin == node->end) {
            // Nothing is written: it stands behind the colon.
            const std::size_t colon = colonEnd(m_text, parent.key->end);
            if (colon == std::string_view::npos && parent.node->style == YamlStyle::Block)
                throw Refused{ErrorKind::BadInput, parent.key->line, parent.key->column, "a key without a colon"};
            auto empty = std::make_shared<YamlNode>(*node);
            empty->begin = empty->end = entry.end = colon == std::string_view::npos ? parent.key->end : colon;
            empty->line = parent.key->line;
            empty->column = parent.key->column;
            entry.value = empty;
        }
        parent.node->entries.push_back(std::move(entry));
        parent.key = nullptr;
    }

    std::string_view m_text;
    std::size_t m_skipped;
    YamlLimits m_limits;
    std::vector<Open> m_open;
    std::map<YAML::anchor_t, std::pair<YamlNodePtr, std::size_t>> m_anchors;
    YamlNodePtr m_root;
    std::size_t m_nodes = 0;
    std::size_t m_aliasBegin = 0, m_aliasEnd = 0;
    bool m_isAlias = false;
    bool m_hasAliases = false;
};

/// yaml-cpp replaces what is not UTF-8, which moves every offset behind it, and takes some control characters for the end.
std::optional<Error> refusedBytes(const std::string& text)
{
    int line = 1, column = 1;
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
        if (control || c == 0x7f)
            return Error{ErrorKind::BadInput, place(line, column, "a control character"), false};
        column = c == '\n' ? 1 : column + 1;
        line += c == '\n';
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(QByteArray::fromRawData(text.data(), qsizetype(text.size())));
    if (decoder.hasError())
        return Error{ErrorKind::BadInput, place(1, 1, "not UTF-8"), false};
    return std::nullopt;
}

nlohmann::ordered_json plainToJson(const std::string& text)
{
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    auto read = std::from_chars(text.data(), end, whole);
    if (!text.empty() && read.ec == std::errc() && read.ptr == end)
        return whole;
    double real = 0;
    read = std::from_chars(text.data(), end, real);
    const bool numeric = text.find_first_not_of("0123456789.eE+-") == std::string::npos;
    if (!text.empty() && numeric && read.ec == std::errc() && read.ptr == end)
        return real;
    return text;
}

} // namespace

const YamlEntry* YamlNode::entry(std::string_view name) const
{
    if (kind != YamlKind::Map)
        return nullptr;
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& e) { return e.key->scalar == name; });
    return found == entries.end() ? nullptr : &*found;
}

const YamlNode* YamlNode::find(std::string_view name) const
{
    const YamlEntry* found = entry(name);
    return found ? found->value.get() : nullptr;
}

std::string atPlace(const YamlNode& node, const std::string& what)
{
    return place(node.line, node.column, what);
}

Result<YamlDocument> parseYaml(std::string text, const YamlLimits& limits)
{
    if (text.size() > limits.bytes)
        return Error{ErrorKind::TooLarge, place(1, 1, "the file has more than " + std::to_string(limits.bytes) + " bytes"), false};
    if (const auto refused = refusedBytes(text))
        return *refused;
    const std::size_t skipped = std::string_view(text).substr(0, 3) == byteOrderMark ? 3 : 0;
    TreeBuilder builder(text, skipped, limits);
    try {
        std::istringstream in(text.substr(skipped));
        YAML::Parser parser(in);
        if (!parser.HandleNextDocument(builder) || !builder.root())
            return Error{ErrorKind::BadInput, place(1, 1, "the file is empty"), false};
        TreeBuilder second(text, skipped, limits);
        if (parser.HandleNextDocument(second) && second.root() && second.root()->kind != YamlKind::Null)
            return Error{ErrorKind::BadInput, place(second.root()->line, second.root()->column, "a second document in the file"), false};
    } catch (const Refused& refused) {
        return Error{refused.kind, place(refused.line, refused.column, refused.what), false};
    } catch (const YAML::Exception& wrong) {
        const YAML::Mark mark = wrong.mark.is_null() ? YAML::Mark() : wrong.mark;
        return Error{ErrorKind::BadInput, place(mark.line + 1, mark.column + 1, wrong.msg), false};
    }
    YamlDocument document;
    document.root = builder.root();
    document.hasAliases = builder.hasAliases();
    document.text = std::move(text);
    return document;
}

nlohmann::ordered_json toJson(const YamlNode& node)
{
    switch (node.kind) {
    case YamlKind::Null: return nullptr;
    case YamlKind::Scalar: return node.style == YamlStyle::Plain ? plainToJson(node.scalar) : nlohmann::ordered_json(node.scalar);
    case YamlKind::Sequence: {
        auto list = nlohmann::ordered_json::array();
        for (const YamlEntry& entry : node.entries)
            list.push_back(toJson(*entry.value));
        return list;
    }
    case YamlKind::Map: break;
    }
    auto object = nlohmann::ordered_json::object();
    for (const YamlEntry& entry : node.entries)
        object[entry.key->scalar] = toJson(*entry.value);
    return object;
}

} // namespace layerline
