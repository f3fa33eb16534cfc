#include "app/releases.h"

#include "analysis/release.h"
#include "widgets/dialogs/image_dialog.h"
#include "widgets/dialogs/move_tag_dialog.h"
#include "widgets/pages/releases_page.h"

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

std::vector<PublishedTag> publishedOf(const Release& release)
{
    std::vector<PublishedTag> tags;
    for (const ReleaseTag& tag : release.tags)
        tags.push_back(tag.published);
    return tags;
}

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
        (void)readPlatforms(settings.value(QStringLiteral("promised")).toStringList().join(QLatin1Char(',')), watched.promised);
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
        settings.setValue(QStringLiteral("promised"), platformText(m_watched[i].promised));
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
        watched.promised = release.promise.platforms;
        if (const auto reference = parseImageReference(release.image))
            watched.reference = reference.value();
        watched.shown.release = std::make_shared<const Release>(std::move(release));
        m_watched.push_back(std::move(watched));
    }
    showAll();
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
    if (!watched || m_fixed || watched->shown.refreshing)
        return;
    watched->shown.refreshing = true;
    showAll();
    network().reader.readAll(watched->reference, mostTags, this, [this, image = watched->shown.image](Result<std::vector<PublishedTag>> tags) { took(image, std::move(tags)); });
}

void Releases::took(const std::string& image, Result<std::vector<PublishedTag>> tags)
{
    Watched* watched = find(image);
    if (!watched)
        return;
    watched->shown.refreshing = false;
    watched->shown.read = m_clock.now();
    if (tags) {
        watched->shown.state = WatchedImage::State::Read;
        watched->shown.problem.clear();
        (void)m_history.note(image, tags.value(), m_clock.now()); // looking is also seeing; a full disk must not hide the answer
        judgeAgain(*watched, tags.value());
    } else {
        watched->shown.state = WatchedImage::State::Refused;
        watched->shown.problem = tags.error().detail;
    }
    showAll();
}

void Releases::judgeAgain(Watched& watched, const std::vector<PublishedTag>& tags)
{
    auto release = std::make_shared<Release>();
    release->image = watched.shown.image;
    // What nobody promised, other tags lead one to expect: a platform that silently vanished is the fault this page is for.
    release->promise = watched.promised.empty() ? PlatformPromise{platformsOf(tags), {}} : PlatformPromise{watched.promised, "stated"};
    for (const PublishedTag& tag : tags)
        release->tags.push_back(judge(tag, release->promise, {}));
    watched.shown.release = std::move(release);
}

QString Releases::add(const QString& name, const QString& platforms)
{
    const auto reference = parseImageReference(name.toStdString());
    if (!reference)
        return QString::fromStdString(reference.error().detail);
    std::vector<Platform> promised;
    if (const auto wrong = readPlatforms(platforms, promised))
        return tr("\"%1\" is no platform: write os/architecture, for example linux/arm64.").arg(*wrong);
    const std::string image = reference.value().name();
    Watched* watched = find(image);
    if (!watched) {
        Watched fresh;
        fresh.reference = reference.value();
        fresh.shown.image = image;
        m_watched.push_back(std::move(fresh));
        watched = &m_watched.back();
    }
    watched->promised = std::move(promised);
    if (watched->shown.release)
        judgeAgain(*watched, publishedOf(*watched->shown.release));
    save();
    showAll();
    m_page.showImage(QString::fromStdString(image));
    if (!watched->shown.release)
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
    auto* dialog = new ImageDialog({}, {}, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImageDialog::given, this, [this, dialog](const QString& image, const QString& platforms) {
        const QString problem = add(image, platforms);
        problem.isEmpty() ? dialog->accept() : dialog->showProblem(problem);
    });
    dialog->open();
}

void Releases::askForPromise(const QString& image)
{
    const Watched* watched = find(image.toStdString());
    if (!watched)
        return;
    auto* dialog = new ImageDialog(image, platformText(watched->promised), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImageDialog::given, this, [this, dialog](const QString& name, const QString& platforms) {
        const QString problem = add(name, platforms);
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
        planned ? dialog->setPlan(planned.value()) : dialog->showProblem(QString::fromStdString(planned.error().detail));
    });
}

void Releases::move(MoveTagDialog* dialog, const TagMovePlan& confirmed)
{
    // Not bound to the dialog: closing it must not hide how a write ended.
    network().mover.move(confirmed, this, [this, dialog = QPointer<MoveTagDialog>(dialog), confirmed](Result<std::string> moved) {
        if (dialog)
            moved ? dialog->showDone(QString::fromStdString(moved.value())) : dialog->showProblem(QString::fromStdString(moved.error().detail));
        refresh(QString::fromStdString(confirmed.image));
    });
}

} // namespace layerline
