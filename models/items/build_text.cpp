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
    Step shown;
    shown.name = (*this)(step.name).toStdString();
    shown.parsed = step.parsed;
    shown.parsed.text = (*this)(step.parsed.text).toStdString();
    return shown;
}

} // namespace layerline
