#include "items/build_text.h"

#include "domain/secret_names.h"
#include "domain/summary.h"
#include "items/log_text.h"

namespace layerline {

BuildText::BuildText(const Build& build) : m_secrets(secretValues(build)) {}

QString BuildText::operator()(std::string_view text) const
{
    return visibleText(maskedText(text, m_secrets));
}

Step BuildText::named(const Step& step) const
{
    constexpr std::size_t longest = 16'000; // labels show 160 characters: the rest of a pasted script need not be looked through
    const auto read = [&](const std::string& text) { return (*this)(std::string_view(text).substr(0, longest)).toStdString(); };
    Step shown;
    shown.name = read(step.name);
    shown.parsed = step.parsed;
    shown.parsed.stage = read(step.parsed.stage);
    shown.parsed.text = read(step.parsed.text);
    return shown;
}

} // namespace layerline
