#include "app/cli/output.h"

#include "analysis/report.h"

#include <cstdarg>
#include <cstdio>
#include <vector>

namespace layerline {

void tell(const char* format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = std::vsnprintf(nullptr, 0, format, arguments);
    va_end(arguments);
    std::vector<char> text(length < 0 ? 1 : std::size_t(length) + 1);
    if (length > 0)
        std::vsnprintf(text.data(), text.size(), format, again);
    va_end(again);
    tellText({text.data(), text.size() - 1});
}

void tellText(const std::string& text)
{
    tellReport(printableText(text));
}

void tellReport(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void printJson(const nlohmann::ordered_json& document, bool oneLine)
{
    tellReport(printableJson(document, oneLine ? -1 : 2) + "\n");
    std::fflush(stdout);
}

} // namespace layerline
