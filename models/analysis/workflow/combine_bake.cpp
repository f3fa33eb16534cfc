// Bake on native runners made one bake again: the settings that split platforms go, the tags come back.
#include "analysis/workflow/bake_step.h"
#include "analysis/workflow/combine_plan.h"
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/shell_text.h"

#include <algorithm>

namespace layerline {

namespace {

using Reason = std::optional<std::string>;

class BakeCombiner {
public:
    BakeCombiner(const Editing& editing, const CombinePlan& plan, CombinedBuild& build)
        : m_editing(editing), m_plan(plan), m_build(build), m_step(*build.step), m_asksBake(build.merge->run.find("bake --print") != std::string::npos)
    {
        for (const WorkflowStep& step : plan.job->steps) {
            if (!m_step.id.empty() && step.id == m_step.id + "-names" && step.run.find("bake --print") != std::string::npos)
                m_names = &step;
        }
    }

    Reason plan()
    {
        m_build.bake = true;
        m_build.pushes = valueOf(m_step.with, "push").empty() ? "true" : withoutBraces(valueOf(m_step.with, "push"));
        for (const auto& [key, value] : m_step.with) {
            const auto references = expressionReferences(value);
            const std::string leg = m_plan.legReference({references.begin(), references.end()});
            if (!leg.empty() && key != "set")
                return "line " + std::to_string(m_step.line) + ": '" + key + "' differs by " + leg;
        }
        const bool differ = m_names && hasKey(m_names->env, "PLATFORM");
        if (!differ)
            m_build.settings.push_back("*.platform=" + m_plan.platformList());
        for (const std::string& line : textLines(valueOf(m_step.with, "set"))) {
            if (const Reason why = take(line))
                return why;
        }
        if (differ)
            restoreTargets();
        return restoreTags();
    }

private:
    bool fromNames(const std::string& text) const
    {
        return m_names && text.find("steps." + m_names->id + ".outputs.") != std::string::npos;
    }

    std::string legIn(const std::string& line) const
    {
        const auto references = expressionReferences(line);
        return m_plan.legReference({references.begin(), references.end()});
    }

    Reason take(const std::string& line)
    {
        if (fromNames(line))
            return std::nullopt;
        const auto setting = bakeSetting(line);
        const std::string leg = legIn(line);
        if (setting && setting->key == "output" && settingOf(setting->value, "push-by-digest") == "true")
            return takeOutput(*setting);
        if (setting && setting->key == "tags" && splitTag(setting->value).second.empty()) {
            m_untagged.insert(setting->target);
            return std::nullopt;
        }
        if (setting && setting->key == "platform" && !leg.empty())
            return std::nullopt;
        if (setting && !leg.empty() && (setting->key == "cache-from" || setting->key == "cache-to")) {
            takeCache(line, setting->key == "cache-from");
            return std::nullopt;
        }
        if (!leg.empty())
            return "line " + std::to_string(m_step.line) + ": '" + line + "' differs by " + leg;
        m_build.settings.push_back(line);
        return std::nullopt;
    }

    Reason takeOutput(const BakeSetting& setting)
    {
        std::string more;
        for (const std::string& item : listItems(setting.value)) {
            const std::string name = item.substr(item[0] == '"' ? 1 : 0, item.find('=') - (item[0] == '"' ? 1 : 0));
            if (name == "push")
                m_build.pushes = withoutBraces(item.substr(item.find('=') + 1));
            else if (name == "name" && !m_asksBake)
                m_untagged.insert(setting.target);
            else if (name != "type" && name != "name" && name != "push-by-digest" && name != "name-canonical")
                more += "," + item;
        }
        if (setting.target != "*")
            return "line " + std::to_string(m_step.line) + ": an output for '" + setting.target + "' alone";
        if (!more.empty())
            m_build.settings.push_back("*.output=type=image" + more);
        return std::nullopt;
    }

    /// Reads what each leg kept, and writes to a scope of its own.
    void takeCache(const std::string& line, bool from)
    {
        const auto add = [&](const std::string& each) {
            if (std::find(m_build.settings.begin(), m_build.settings.end(), each) == m_build.settings.end())
                m_build.settings.push_back(each);
        };
        for (const ExpressionContext& context : from ? m_plan.legContexts() : std::vector<ExpressionContext>())
            add(resolvedText(line, context));
        add(m_plan.withoutLeg(line));
    }

    /// The targets and platforms as they were before each leg was given its own.
    void restoreTargets()
    {
        m_build.targets = valueOf(m_names->env, "TARGETS");
        for (const std::string& line : textLines(valueOf(m_names->env, "SET"))) {
            const auto setting = bakeSetting(line);
            if (setting && setting->key == "platform")
                m_build.settings.push_back(line);
        }
    }

    Reason restoreTags()
    {
        if (m_asksBake) {
            for (const std::string& line : textLines(valueOf(m_build.merge->env, "SET"))) {
                const auto setting = bakeSetting(line);
                if (setting && setting->key == "tags")
                    m_build.settings.push_back(line);
            }
            return std::nullopt;
        }
        std::vector<std::string> env;
        for (const TextMap* map : {&m_editing.workflow.env, &m_plan.job->env}) {
            for (const auto& [name, value] : *map)
                env.push_back(name);
        }
        const MergeTags found = tagsOfMerge(*m_build.merge, env);
        if (!found.wrong.empty())
            return "line " + std::to_string(m_build.merge->line) + " can't be carried over: " + found.wrong;
        if (m_untagged.size() != 1)
            return "line " + std::to_string(m_step.line) + ": it can't be told which target the merged tags are for";
        for (const std::string& tag : found.tags) {
            if (tag.find("steps.") != std::string::npos)
                return "line " + std::to_string(m_build.merge->line) + ": the tag " + tag + " is known to the job that merges alone";
            m_build.settings.push_back(*m_untagged.begin() + ".tags=" + tag);
        }
        return found.fromMetadata ? metadataIsHere() : std::nullopt;
    }

    /// Tags of the merging job's metadata step come from this job's, where its file is baked and both say the same.
    Reason metadataIsHere() const
    {
        const auto rules = [](const WorkflowStep& step) { return valueOf(step.with, "images") + "\n" + valueOf(step.with, "tags") + "\n" + valueOf(step.with, "flavor"); };
        const WorkflowStep *here = nullptr, *there = nullptr;
        for (const std::string& file : listItems(valueOf(m_step.with, "files"))) {
            const auto metadata = metadataFileIn(file);
            for (const WorkflowStep& step : m_plan.job->steps)
                here = metadata && metadata->tags && step.id == metadata->step ? &step : here;
        }
        for (const WorkflowStep& step : m_plan.merge->steps)
            there = step.kind == ActionKind::Metadata ? &step : there;
        if (!here || !there)
            return "the tags are those of a metadata step whose file is not baked";
        return rules(*here) == rules(*there) ? Reason() : Reason("the metadata steps of the two jobs differ");
    }

    const Editing& m_editing;
    const CombinePlan& m_plan;
    CombinedBuild& m_build;
    const WorkflowStep& m_step;
    const WorkflowStep* m_names = nullptr;
    bool m_asksBake;
    std::set<std::string> m_untagged; ///< targets that were pushed under a name alone
};

} // namespace

std::optional<std::string> planBakeTogether(const Editing& editing, const CombinePlan& plan, CombinedBuild& build)
{
    return BakeCombiner(editing, plan, build).plan();
}

} // namespace layerline
