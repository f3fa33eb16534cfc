#include "app/window/releases.h"

#include "analysis/release.h"
#include "items/own_words.h"
#include "sources/github/repository_name.h"
#include "widgets/dialogs/image_dialog.h"
#include "widgets/dialogs/move_tag_dialog.h"
#include "widgets/pages/releases_page.h"

#include <QFile>
#include <QPointer>
#include <QSettings>

#include <algorithm>

namespace layerline {

namespace {

constexpr int mostTags = 30;
constexpr std::chrono::minutes refreshEvery{5};

QString platformText(const std::vector<Platform>& platforms)
{
    QStringList names;
    for (const Platform& platform : platforms)
        names << QString::fromStdString(platform.str());
    return names.join(QStringLiteral(", "));
}

/// The first entry that is no platform, or nothing.
std::optional<QString> readPlatforms(const QString& text, std::vector<Platform>& platforms)
{
    for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto platform = parsePlatform(each.trimmed().toStdString());
        if (!platform)
            return each.trimmed();
        if (std::find(platforms.begin(), platforms.end(), *platform) == platforms.end())
            platforms.push_back(*platform);
    }
    return {};
}

using From = PromiseChoice::From;

const char* fromWord(From from) { return from == From::Repository ? "repository" : from == From::File ? "file" : "typed"; }

} // namespace

struct Releases::Network {
    RegistryClient client;
    PublicationReader reader{client};
    TagMover mover{client};
};

Releases::Releases(ReleasesPage& page, const Clock& clock, QString file, QObject* parent)
    : QObject(parent), m_page(page), m_clock(clock), m_file(std::move(file))
{
    connect(&page, &ReleasesPage::addRequested, this, &Releases::askForImage);
    connect(&page, &ReleasesPage::removeRequested, this, &Releases::remove);
    connect(&page, &ReleasesPage::refreshRequested, this, &Releases::refresh);
    connect(&page, &ReleasesPage::promiseRequested, this, &Releases::askForPromise);
    connect(&page, &ReleasesPage::moveRequested, this, &Releases::askForMove);
    connect(&page, &ReleasesPage::shown, this, &Releases::refreshOld);
    connect(&page, &ReleasesPage::exampleRequested, this, &Releases::showExample);
    connect(&page, &ReleasesPage::exampleClosed, this, &Releases::closeExample);
    m_again.setInterval(refreshEvery);
    connect(&m_again, &QTimer::timeout, this, &Releases::refreshOld);
    load();
    showAll();
}

Releases::~Releases() = default;

Releases::Network& Releases::network()
{
    if (!m_network)
        m_network = std::make_unique<Network>();
    return *m_network;
}

void Releases::load()
{
    if (m_file.isEmpty())
        return;
    QSettings settings(m_file, QSettings::IniFormat);
    const int count = settings.beginReadArray(QStringLiteral("images"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const auto reference = parseImageReference(settings.value(QStringLiteral("name")).toString().toStdString());
        if (!reference || find(reference.value().name()))
            continue;
        Watched watched;
        watched.reference = reference.value();
        watched.shown.image = watched.reference.name();
        PromiseChoice& promised = watched.shown.promised;
        const QString by = settings.value(QStringLiteral("promisedBy")).toString();
        promised.from = by == QLatin1String("repository") ? From::Repository : by == QLatin1String("file") ? From::File : From::Typed;
        if (promised.from == From::Typed) {
            (void)readPlatforms(settings.value(QStringLiteral("promised")).toStringList().join(QLatin1Char(',')), watched.typed);
            promised.text = platformText(watched.typed).toStdString();
        } else {
            promised.text = settings.value(QStringLiteral("promisedFrom")).toString().toStdString();
        }
        m_watched.push_back(std::move(watched));
    }
    settings.endArray();
}

void Releases::save() const
{
    if (m_file.isEmpty() || m_fixed)
        return;
    QSettings settings(m_file, QSettings::IniFormat);
    settings.remove(QStringLiteral("images"));
    settings.beginWriteArray(QStringLiteral("images"), int(m_watched.size()));
    for (std::size_t i = 0; i < m_watched.size(); ++i) {
        settings.setArrayIndex(int(i));
        settings.setValue(QStringLiteral("name"), QString::fromStdString(m_watched[i].shown.image));
        const PromiseChoice& promised = m_watched[i].shown.promised;
        settings.setValue(QStringLiteral("promised"), platformText(m_watched[i].typed));
        settings.setValue(QStringLiteral("promisedBy"), QLatin1String(fromWord(promised.from)));
        settings.setValue(QStringLiteral("promisedFrom"), promised.from == From::Typed ? QString() : QString::fromStdString(promised.text));
    }
    settings.endArray();
}

Releases::Watched* Releases::find(const std::string& image)
{
    const auto at = std::find_if(m_watched.begin(), m_watched.end(), [&](const Watched& each) { return each.shown.image == image; });
    return at == m_watched.end() ? nullptr : &*at;
}

void Releases::showAll()
{
    std::vector<WatchedImage> images;
    for (const Watched& watched : m_watched)
        images.push_back(watched.shown);
    m_page.setImages(std::move(images));
}

void Releases::showFixed(std::vector<Release> releases)
{
    m_fixed = true;
    m_watched.clear();
    for (Release& release : releases) {
        Watched watched;
        watched.shown.image = release.image;
        watched.shown.state = release.problem.empty() ? WatchedImage::State::Read : WatchedImage::State::Refused;
        watched.shown.problem = release.problem;
        watched.shown.read = m_clock.now();
        watched.typed = release.promise.platforms;
        watched.shown.promised.text = platformText(watched.typed).toStdString();
        if (const auto reference = parseImageReference(release.image))
            watched.reference = reference.value();
        watched.shown.release = std::make_shared<const Release>(std::move(release));
        m_watched.push_back(std::move(watched));
    }
    showAll();
}

void Releases::showExample()
{
    QFile file(QStringLiteral(":/layerline/recordings/releases.json"));
    auto releases = file.open(QIODevice::ReadOnly) ? readReleases(file.readAll().toStdString()) : Result<std::vector<Release>>(Error{});
    if (!releases || m_fixed)
        return;
    m_example = true;
    m_page.setExample(true);
    showFixed(std::move(releases.value()));
}

void Releases::closeExample()
{
    if (!m_example)
        return;
    m_example = m_fixed = false;
    m_watched.clear();
    load();
    m_page.setExample(false);
    showAll();
    refreshOld();
}

void Releases::refreshOld()
{
    if (m_fixed || !m_page.isVisible())
        return;
    m_again.start();
    const Duration old{std::chrono::duration_cast<std::chrono::nanoseconds>(refreshEvery).count()};
    std::vector<std::string> due;
    for (const Watched& watched : m_watched) {
        if (!watched.shown.read || m_clock.now() - *watched.shown.read >= old)
            due.push_back(watched.shown.image);
    }
    for (const std::string& image : due)
        refresh(QString::fromStdString(image));
}

void Releases::refresh(const QString& name)
{
    Watched* watched = find(name.toStdString());
    if (!watched || m_fixed || watched->asking > 0)
        return;
    watched->shown.refreshing = true;
    watched->asking = 1;
    const std::string image = watched->shown.image;
    showAll();
    network().reader.readAll(find(image)->reference, mostTags, this, [this, image](Result<std::vector<PublishedTag>> tags) { took(image, std::move(tags)); });
}

void Releases::took(const std::string& image, Result<std::vector<PublishedTag>> tags)
{
    Watched* watched = find(image);
    if (!watched)
        return;
    watched->shown.read = m_clock.now();
    if (tags) {
        watched->shown.state = WatchedImage::State::Read;
        watched->shown.problem.clear();
        watched->tags = std::move(tags.value());
        // Looked up again: what could not be read may be an index all the same.
        std::erase_if(watched->resolved, [](const auto& run) { return std::any_of(run.second.begin(), run.second.end(), [](const BuiltDigest& each) { return each.contains.empty(); }); });
        (void)m_history.note(image, watched->tags, m_clock.now()); // looking is also seeing; a full disk must not hide the answer
    } else {
        watched->shown.state = WatchedImage::State::Refused;
        watched->shown.problem = tags.error().detail;
    }
    askForEvidence(*watched);
    answered(image);
}

/// After the registry: which run built what depends on the tags there are.
void Releases::askForEvidence(Watched& watched)
{
    const PromiseChoice promised = watched.shown.promised;
    if (promised.from == From::Typed)
        return;
    ++watched.asking;
    std::vector<std::string> names;
    for (const PublishedTag& tag : watched.tags)
        names.push_back(tag.tag);
    QMetaObject::invokeMethod(this, [this, image = watched.shown.image, promised, names] {
        if (const Watched* still = find(image))
            m_promises.read(still->reference, promised, names, this, [this, image, promised](Result<ReleaseEvidencePtr> evidence) { tookEvidence(image, promised, std::move(evidence)); });
    }, Qt::QueuedConnection);
}

void Releases::tookEvidence(const std::string& image, const PromiseChoice& asked, Result<ReleaseEvidencePtr> evidence)
{
    Watched* watched = find(image);
    if (!watched)
        return;
    // Somebody may have chosen another promise meanwhile.
    if (watched->shown.promised == asked) {
        watched->shown.promiseProblem = evidence ? std::string() : evidence.error().detail;
        if (evidence) {
            watched->evidence = std::move(evidence.value());
        } else if (watched->evidence) {
            // The tags may be another run's by now.
            auto older = std::make_shared<ReleaseEvidence>(*watched->evidence);
            for (auto& [tag, builder] : older->byTag)
                builder.sure = false;
            watched->evidence = std::move(older);
        }
    }
    answered(image);
}

/// One of the questions is; after the last one they are put together.
void Releases::answered(const std::string& image)
{
    Watched* watched = find(image);
    if (--watched->asking > 0)
        return;
    watched->asking = 1; // the registry is asked once more, about what was built
    resolveNext(image);
}

/// The digests of one run that were not looked up yet; after the last of them everything is put together.
void Releases::resolveNext(const std::string& image)
{
    Watched* watched = find(image);
    if (!watched)
        return;
    if (watched->shown.state == WatchedImage::State::Read && watched->evidence) {
        for (const auto& [tag, builder] : watched->evidence->byTag) {
            if (watched->resolved.count(builder.run->key()))
                continue;
            return resolveBuilt(network().client, watched->reference, builder.run->built, watched->tags, builder.run->shared, this, [this, image, run = builder.run](std::vector<BuiltDigest> built) {
                if (Watched* still = find(image))
                    still->resolved[run->key()] = std::move(built);
                resolveNext(image);
            });
        }
    }
    watched->asking = 0;
    watched->shown.refreshing = false;
    if (watched->shown.state == WatchedImage::State::Read)
        judgeAll(*watched);
    showAll();
}

ReleaseTag Releases::judged(const Watched& watched, const PublishedTag& tag, const PlatformPromise& promise) const
{
    const auto none = [&] { return judge(tag, promise, {}); };
    if (!watched.evidence)
        return none();
    const auto builder = watched.evidence->byTag.find(tag.tag);
    if (builder == watched.evidence->byTag.end())
        return none(); // nobody can tell who built it: no other run's digests
    const auto built = watched.resolved.find(builder->second.run->key());
    if (built == watched.resolved.end() || !(builder->second.sure || speaksOf(built->second, tag)))
        return none();
    ReleaseTag compared = judge(tag, promise, built->second);
    compared.builtBy = builder->second.run->name;
    return compared;
}

void Releases::judgeAll(Watched& watched)
{
    auto release = std::make_shared<Release>();
    release->image = watched.shown.image;
    if (watched.evidence)
        release->promise = watched.evidence->promise;
    else if (!watched.typed.empty())
        release->promise = {watched.typed, "stated"};
    // What nobody promised, other tags lead one to expect: a platform that silently vanished is the fault this page is for.
    if (release->promise.platforms.empty())
        release->promise = {platformsOf(watched.tags), {}};
    for (const PublishedTag& tag : watched.tags)
        release->tags.push_back(judged(watched, tag, release->promise));
    watched.shown.release = std::move(release);
}

QString Releases::add(const QString& name, const PromiseChoice& promised)
{
    const auto reference = parseImageReference(name.toStdString());
    if (!reference)
        return ownWords(reference.error().detail);
    std::vector<Platform> typed;
    if (const auto wrong = promised.from == From::Typed ? readPlatforms(QString::fromStdString(promised.text), typed) : std::nullopt)
        return tr("\"%1\" is no platform: write os/architecture, for example linux/arm64.").arg(*wrong);
    if (promised.from == From::Repository && !parseRepository(promised.text))
        return tr("\"%1\" is no repository: write owner/name.").arg(QString::fromStdString(promised.text));
    const std::string image = reference.value().name();
    if (!find(image)) {
        Watched fresh;
        fresh.reference = reference.value();
        fresh.shown.image = image;
        m_watched.push_back(std::move(fresh));
    }
    Watched* watched = find(image);
    watched->typed = std::move(typed);
    watched->shown.promised = promised;
    watched->shown.promiseProblem.clear();
    watched->evidence.reset();
    watched->resolved.clear();
    if (promised.from == From::Repository)
        watched->shown.promised.text = parseRepository(promised.text)->fullName;
    if (watched->shown.release)
        judgeAll(*watched);
    const bool ask = !watched->shown.release || promised.from != From::Typed;
    save();
    showAll();
    m_page.showImage(QString::fromStdString(image));
    if (ask)
        refresh(QString::fromStdString(image));
    return {};
}

void Releases::remove(const QString& image)
{
    std::erase_if(m_watched, [&](const Watched& each) { return each.shown.image == image.toStdString(); });
    save();
    showAll();
}

void Releases::askForImage()
{
    closeExample();
    askForPromiseOf({}, {});
}

void Releases::askForPromise(const QString& image)
{
    if (const Watched* watched = find(image.toStdString()))
        askForPromiseOf(image, watched->shown.promised);
}

void Releases::askForPromiseOf(const QString& image, const PromiseChoice& promised)
{
    const auto& repositories = m_promises.gitHub().repositories;
    auto* dialog = new ImageDialog(image, promised, repositories ? repositories() : QStringList(), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImageDialog::given, this, [this, dialog](const QString& name, const PromiseChoice& choice) {
        const QString problem = add(name, choice);
        problem.isEmpty() ? dialog->accept() : dialog->showProblem(problem);
    });
    dialog->open();
}

void Releases::askForMove(const QString& image, const QString& tag)
{
    const Watched* watched = find(image.toStdString());
    if (!watched || !watched->shown.release || tag.isEmpty())
        return;
    const auto sightings = m_history.read(watched->shown.image);
    auto* dialog = new MoveTagDialog(image, tag, moveTargets(*watched->shown.release, tag.toStdString(), sightings ? sightings.value() : std::vector<TagSighting>{}), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const ImageReference reference = watched->reference.withTag(tag.toStdString());
    connect(dialog, &MoveTagDialog::planRequested, this, [this, dialog, reference](const QString& digest) { plan(dialog, reference, digest); });
    connect(dialog, &MoveTagDialog::moveConfirmed, this, [this, dialog](const TagMovePlan& confirmed) { move(dialog, confirmed); });
    dialog->open();
}

void Releases::plan(MoveTagDialog* dialog, const ImageReference& tag, const QString& digest)
{
    network().mover.plan(tag, digest.toStdString(), dialog, [dialog](Result<TagMovePlan> planned) {
        planned ? dialog->setPlan(planned.value()) : dialog->showProblem(ownWords(planned.error().detail));
    });
}

void Releases::move(MoveTagDialog* dialog, const TagMovePlan& confirmed)
{
    // Not bound to the dialog: closing it must not hide how a write ended.
    network().mover.move(confirmed, this, [this, dialog = QPointer<MoveTagDialog>(dialog), confirmed](Result<std::string> moved) {
        if (dialog)
            moved ? dialog->showDone(QString::fromStdString(moved.value())) : dialog->showProblem(ownWords(moved.error().detail));
        refresh(QString::fromStdString(confirmed.image));
    });
}

} // namespace layerline
