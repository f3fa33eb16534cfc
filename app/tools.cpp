#include "app/tools.h"

namespace layerline {

const std::vector<Tool>& tools()
{
    static const std::vector<Tool> table{
    };
    return table;
}

const Tool* findTool(const QString& name)
{
    for (const Tool& tool : tools()) {
        if (name == QLatin1String(tool.name))
            return &tool;
    }
    return nullptr;
}

} // namespace layerline
