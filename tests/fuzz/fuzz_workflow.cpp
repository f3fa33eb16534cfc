// Any bytes as a workflow: an error, or values and edits that can be read again.
#include "analysis/workflow/workflow_edit.h"

#include <cstdlib>

using namespace layerline;

namespace {

const RunnerTable& runners()
{
    static const RunnerTable table = [] {
        auto read = parseRunnerTable(R"({"date": "2026-01", "labels": [{"label": "ubuntu-latest", "os": "linux", "arch": "amd64", "price": 1},
            {"label": "ubuntu-24.04-arm", "os": "linux", "arch": "arm64", "price": 1}]})");
        if (!read)
            std::abort();
        return *read;
    }();
    return table;
}

void check(const Result<WorkflowEdit>& edit, const std::string& text)
{
    if (!edit) {
        if (edit.error().detail.empty())
            std::abort();
        return;
    }
    if (edit->before != text || !parseWorkflow(edit->after))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    check(rollbackToQemu(text, runners()), text);
    check(migrateToNative(text, runners()), text);
    check(withoutPublishing(text, runners()), text);
    return 0;
}
