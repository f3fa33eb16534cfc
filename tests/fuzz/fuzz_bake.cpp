// Any bytes as a bake file, in both syntaxes: an error, or targets that can be told.
#include "analysis/workflow/bake_file.h"

#include <cstdlib>

using namespace layerline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const char* name : {"docker-bake.hcl", "docker-bake.json"}) {
        const auto file = parseBakeFile(name, text);
        if (!file && file.error().detail.empty())
            std::abort();
        const BakePlan plan = readBake({{name, text}}, {"default", "app", "api"}, {{"TAG", "v1"}, {"REGISTRY", std::nullopt}});
        if (!file && !plan.open)
            std::abort();
    }
    return 0;
}
