#include "domain/secret_names.h"

#include "domain/unfinished_secret.h"

#include <algorithm>
#include <array>

namespace layerline {

const char* const secretMask = "\u2022\u2022\u2022\u2022";

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlnum(char c) { return isUpper(c) || isDigit(c) || (c >= 'a' && c <= 'z'); }

/// "build-arg:npm-token" -> "NPM_TOKEN"; other attribute prefixes are harmless and stay.
std::string canonicalName(std::string_view name)
{
    if (const auto colon = name.find(':'); colon != std::string_view::npos)
        name.remove_prefix(colon + 1);
    std::string out(name);
    for (char& c : out) {
        if (c >= 'a' && c <= 'z')
            c = char(c - 'a' + 'A');
        else if (c == '-' || c == '.')
            c = '_';
    }
    return out;
}

bool nameLooksSecret(std::string_view name)
{
    static constexpr std::array<std::string_view, 13> parts{
        "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "API_KEY", "APIKEY", "PRIVATE_KEY", "PRIVATEKEY",
        "ACCESS_KEY", "ACCESSKEY", "CREDENTIAL", "AUTH_KEY"};
    static constexpr std::array<std::string_view, 3> endings{"_PWD", "_PASS", "_PAT"};
    const std::string upper = canonicalName(name);
    const auto within = [&](std::string_view part) { return upper.find(part) != std::string::npos; };
    const auto atEnd = [&](std::string_view part) { return std::string_view(upper).ends_with(part); };
    return std::any_of(parts.begin(), parts.end(), within) || std::any_of(endings.begin(), endings.end(), atEnd)
        || upper == "PASS";
}

/// True for "user:pass": what follows the colon of "host:3000" is a number.
bool hasPassword(std::string_view user)
{
    const auto colon = user.find(':');
    return colon != std::string_view::npos && !std::all_of(user.begin() + std::ptrdiff_t(colon) + 1, user.end(), isDigit);
}

/// The user parts of URLs: "scheme://[user:pass]@host". User-only parts count as well: for many forges the token is the
/// user; "git@host" over ssh is the one harmless case.
void addCredentials(std::string_view text, bool goesOn, std::vector<SecretSpan>& spans)
{
    for (auto mark = text.find("://"); mark != std::string_view::npos; mark = text.find("://", mark + 3)) {
        const std::size_t begin = mark + 3;
        const std::size_t stop = std::min(text.find_first_of("/?# \t\r\n\"'<>", begin), text.size());
        auto at = text.substr(begin, stop - begin).rfind('@');
        if (at == std::string_view::npos && goesOn && stop == text.size() && hasPassword(text.substr(begin)))
            at = stop - begin; // the '@' is still to come
        if (at == std::string_view::npos || at == 0)
            continue;
        const std::string_view user = text.substr(begin, at);
        if (user.find(':') == std::string_view::npos && (user == "git" || user == "ssh" || user == "root"))
            continue;
        if (user == secretMask)
            continue;
        spans.push_back({begin, begin + at});
    }
}

struct TokenForm {
    std::string_view prefix;
    std::size_t least;   ///< characters that must follow
    bool upperOnly;      ///< they are upper case letters and digits
};

constexpr std::array<TokenForm, 14> tokenForms{{
    {"ghp_", 6, false}, {"gho_", 6, false}, {"ghu_", 6, false}, {"ghs_", 6, false}, {"ghr_", 6, false},
    {"github_pat_", 6, false}, {"glpat-", 6, false}, {"AKIA", 12, true}, {"ASIA", 12, true}, {"xoxb-", 6, false},
    {"xoxp-", 6, false}, {"npm_", 30, false}, {"pypi-", 30, false}, {"dckr_pat_", 6, false}}};

/// Where the token ends that begins at `at`; `at` when none does.
std::size_t tokenEnd(std::string_view text, std::size_t at, bool goesOn)
{
    for (const TokenForm& form : tokenForms) {
        if (!text.substr(at).starts_with(form.prefix))
            continue;
        const std::size_t body = at + form.prefix.size();
        std::size_t end = body;
        while (end < text.size() && (form.upperOnly ? isUpper(text[end]) || isDigit(text[end])
                                                    : isAlnum(text[end]) || text[end] == '_' || text[end] == '-'))
            ++end;
        return end - body >= form.least || (goesOn && end == text.size()) ? end : at;
    }
    return at;
}

/// The well-known tokens, in one pass: a text may hold thousands.
void addTokens(std::string_view text, bool goesOn, std::vector<SecretSpan>& spans)
{
    bool inWord = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = inWord ? at : tokenEnd(text, at, goesOn);
        if (end > at) {
            spans.push_back({at, end});
            at = end;
            inWord = false; // its mask will stand there
        } else {
            inWord = isAlnum(text[at]);
            ++at;
        }
    }
}

bool valueLooksSecret(std::string_view value)
{
    const auto begin = value.find("-----BEGIN ");
    if (begin != std::string_view::npos && value.find("PRIVATE KEY", begin) != std::string_view::npos)
        return true;
    return !secretSpans(value).empty();
}

std::string replaceAll(std::string_view text, const std::string& what)
{
    std::string out;
    std::size_t from = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, from)) {
        out.append(text, from, at - from) += secretMask;
        from = at + what.size();
    }
    return out.append(text, from);
}

bool mayBecome(std::string_view end, const TokenForm& form)
{
    if (end.size() < form.prefix.size())
        return form.prefix.starts_with(end);
    return end.starts_with(form.prefix)
        && (!form.upperOnly || std::all_of(end.begin(), end.end(), [](char c) { return isUpper(c) || isDigit(c); }));
}

/// Where a token begins that the next bytes could make longer, or make one; text.size() when none does.
std::size_t openToken(std::string_view text)
{
    std::size_t word = text.size();
    while (word > 0 && (isAlnum(text[word - 1]) || text[word - 1] == '_' || text[word - 1] == '-'))
        --word;
    for (std::size_t at = word; at < text.size(); ++at) {
        if (at > 0 && isAlnum(text[at - 1]))
            continue;
        const std::string_view end = text.substr(at);
        if (std::any_of(tokenForms.begin(), tokenForms.end(), [end](const TokenForm& form) { return mayBecome(end, form); }))
            return at;
    }
    return text.size();
}

/// Where the "://" stands whose user part may still go on; text.size() when none does.
std::size_t openUrl(std::string_view text)
{
    const auto mark = text.rfind("://");
    if (mark != std::string_view::npos && text.find_first_of("/?# \t\r\n\"'<>", mark + 3) == std::string_view::npos)
        return mark;
    for (const std::string_view begun : {std::string_view(":/"), std::string_view(":")}) {
        if (text.ends_with(begun))
            return text.size() - begun.size();
    }
    return text.size();
}

/// Where the longest beginning of `secret` stands that is not all of it; text.size() when the end is none.
std::size_t openValue(std::string_view text, std::string_view secret)
{
    for (std::size_t length = std::min(secret.size() - 1, text.size()); length > 0; --length) {
        if (text.substr(text.size() - length) == secret.substr(0, length))
            return text.size() - length;
    }
    return text.size();
}

} // namespace

bool looksSecret(std::string_view name, std::string_view value)
{
    return !value.empty() && (nameLooksSecret(name) || valueLooksSecret(value));
}

std::string maskedValue(std::string_view name, std::string_view value)
{
    return looksSecret(name, value) ? std::string(secretMask) : std::string(value);
}

std::vector<SecretSpan> secretSpans(std::string_view text, bool goesOn)
{
    std::vector<SecretSpan> found, out;
    addCredentials(text, goesOn, found);
    addTokens(text, goesOn, found);
    std::sort(found.begin(), found.end(), [](const SecretSpan& a, const SecretSpan& b) { return a.begin < b.begin; });
    // A token may be the user part of a URL, or within it.
    for (const SecretSpan& span : found) {
        if (!out.empty() && span.begin < out.back().end)
            out.back().end = std::max(out.back().end, span.end);
        else
            out.push_back(span);
    }
    return out;
}

std::size_t unfinishedSecret(std::string_view text, const std::vector<std::string>& secrets)
{
    constexpr std::size_t longest = 4096;
    text = text.substr(text.size() - std::min(text.size(), 2 * longest));
    std::size_t cut = std::min(openToken(text), openUrl(text));
    for (const std::string& secret : secrets) {
        if (secret.size() >= 4)
            cut = std::min(cut, openValue(text, secret));
    }
    const std::vector<SecretSpan> spans = secretSpans(text);
    // The cut itself must not go through a secret that is already whole.
    for (std::size_t before = text.size() + 1; cut < text.size() && cut < before;) {
        before = cut;
        for (const std::string& secret : secrets) {
            const std::size_t from = cut - std::min(cut, secret.size() - std::min<std::size_t>(secret.size(), 1));
            if (const auto at = secret.size() >= 4 ? text.find(secret, from) : std::string_view::npos; at < cut)
                cut = at;
        }
        for (const SecretSpan& span : spans)
            cut = span.begin < cut && span.end > cut ? span.begin : cut;
    }
    return text.size() - cut > longest ? 0 : text.size() - cut;
}

std::string maskedText(std::string_view text, const std::vector<std::string>& secrets)
{
    std::string out(text);
    // Longest first: one secret may be the beginning of another.
    std::vector<std::string> values = secrets;
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& value : values) {
        if (value.size() >= 4)
            out = replaceAll(out, value);
    }
    std::string masked;
    std::size_t from = 0;
    for (const SecretSpan& span : secretSpans(out)) {
        masked.append(out, from, span.begin - from) += secretMask;
        from = span.end;
    }
    return masked.append(out, from);
}

} // namespace layerline
