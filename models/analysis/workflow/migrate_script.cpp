// `docker buildx build` in a script, turned to one platform a leg that is pushed by digest.
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/shell_text.h"

#include <algorithm>

namespace layerline {

namespace {

class ScriptMigration {
public:
    ScriptMigration(const Editing& editing, const MigratePlan& plan, const WorkflowStep& step, const std::string& metadata, const std::vector<std::string>& env)
        : m_editing(editing), m_plan(plan), m_step(step), m_metadata(metadata), m_env(env)
    {
    }

    Result<ScriptBuild> migrate()
    {
        const YamlNode& run = *m_step.entry->value->find("run");
        if (run.style != YamlStyle::Literal && run.style != YamlStyle::Plain)
            return wrong("a script in quotes or folded: write it as a block (run: |)");
        const std::string_view text(m_editing.workflow.text());
        std::size_t begin = run.begin;
        if (run.style == YamlStyle::Literal)
            begin = text.find('\n', run.begin) + 1; // behind the "|"
        const auto commands = shellWordsIn(text, begin, run.end);
        const auto building = [](const std::vector<ShellWord>& words) {
            return words.size() > 2 && words[0].text == "docker" && (words[1].text == "build" || (words[1].text == "buildx" && words[2].text == "build"));
        };
        const auto count = std::count_if(commands.begin(), commands.end(), building);
        if (count != 1)
            return wrong("a script with " + std::string(count == 0 ? "a build that is no command of its own" : "several builds") + ": give each build a step of its own, with docker/build-push-action");
        if (!building(commands.back()))
            return wrong("commands follow the build in the same script: give them a step of their own");
        if (const auto refused = takeOptions(commands.back()))
            return *refused;
        return finish();
    }

private:
    Error wrong(const std::string& what) const { return {ErrorKind::Unsupported, atPlace(*m_step.entry->value, what), false}; }

    std::optional<Error> takeOptions(const std::vector<ShellWord>& words)
    {
        for (std::size_t i = words[1].text == "build" ? 2 : 3; i < words.size(); ++i) {
            const ShellWord& word = words[i];
            if (word.text == "&&" || word.text == "||" || word.text == ";" || word.text == "|" || word.text.find(';') != std::string::npos)
                return wrong("other commands stand on the build's line: give them a line of their own");
            const std::size_t sign = word.text.find('=');
            const std::string name = word.text.substr(0, sign);
            const bool takesValue = name == "--platform" || name == "--tag" || name == "-t" || name == "--cache-to" || name == "--cache-from";
            if (name == "--push") {
                m_push = &word;
            } else if (name == "--output" || name == "-o" || name == "--load" || name == "--metadata-file" || name == "--iidfile") {
                return wrong("the build's option " + name + " can't be carried over: use docker/build-push-action");
            } else if (takesValue && sign != std::string::npos) {
                if (const auto refused = takeOption(name, word.text.substr(sign + 1), word.begin, word.end))
                    return refused;
            } else if (takesValue && i + 1 < words.size()) {
                ++i;
                if (const auto refused = takeOption(name, words[i].text, word.begin, words[i].end))
                    return refused;
            }
        }
        return std::nullopt;
    }

    std::optional<Error> takeOption(const std::string& name, const std::string& value, std::size_t begin, std::size_t end)
    {
        if (name == "--platform") {
            m_result.changes.push_back({begin, end, "--platform ${{ matrix.platform }}"});
        } else if (name == "--tag" || name == "-t") {
            const std::string tag = shellToExpression(value, m_env);
            if (tag.empty())
                return wrong("the tag " + value + " is known to this script alone: put its parts into `env` or a step's outputs");
            m_result.tags.push_back(tag);
            m_tags.push_back({begin, end, {}});
        } else {
            std::string scoped = scopedCaches(value, m_plan.archText(), m_plan.job->id);
            scoped.pop_back();
            if (scoped == value)
                return std::nullopt;
            m_result.changes.push_back({begin, end, name + " \"" + scoped + "\""});
            if (m_result.cacheBefore.empty()) {
                m_result.cacheBefore = value;
                m_result.cacheAfter = scoped;
            }
        }
        return std::nullopt;
    }

    /// The first tag makes way for where the digest goes, the others and --push for nothing.
    Result<ScriptBuild> finish()
    {
        if (!m_push)
            return wrong("the script pushes otherwise than by --push: use docker/build-push-action");
        if (m_tags.empty())
            return wrong("a build that is pushed without tags");
        std::string names;
        std::set<std::string> seen;
        for (const std::string& tag : m_result.tags) {
            const std::string name = splitTag(tag).first;
            if (seen.insert(name).second)
                names += (names.empty() ? "" : ",") + name;
        }
        const std::string output = "type=image," + (seen.size() > 1 ? "\"name=" + names + "\"" : "name=" + names) + ",push-by-digest=true,name-canonical=true,push=true";
        m_tags[0].with = "--output '" + output + "' --metadata-file \"" + m_metadata + "\"";
        for (const ScriptBuild::Change& tag : m_tags)
            m_result.changes.push_back(tag.with.empty() ? removed(tag.begin, tag.end) : tag);
        m_result.changes.push_back(removed(m_push->begin, m_push->end));
        return std::move(m_result);
    }

    /// A word with the blanks before it, or with its line when nothing else stands there.
    ScriptBuild::Change removed(std::size_t begin, std::size_t end) const
    {
        const std::string& text = m_editing.workflow.text();
        while (begin > 0 && text[begin - 1] == ' ')
            --begin;
        const bool first = begin > 0 && text[begin - 1] == '\n';
        const std::size_t next = text.find_first_not_of(' ', end);
        if (first && next != std::string::npos && text.compare(next, 2, "\\\n") == 0)
            return {begin, next + 2, {}};
        if (first)
            begin = std::min(text.find_first_not_of(' ', begin), end);
        return {begin, end, {}};
    }

    const Editing& m_editing;
    const MigratePlan& m_plan;
    const WorkflowStep& m_step;
    const std::string& m_metadata;
    const std::vector<std::string>& m_env;
    ScriptBuild m_result;
    std::vector<ScriptBuild::Change> m_tags;
    const ShellWord* m_push = nullptr;
};

} // namespace

Result<ScriptBuild> migrateScript(const Editing& editing, const MigratePlan& plan, const WorkflowStep& step, const std::string& metadata,
                                  const std::vector<std::string>& env)
{
    return ScriptMigration(editing, plan, step, metadata, env).migrate();
}

} // namespace layerline
