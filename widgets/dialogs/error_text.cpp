#include "widgets/dialogs/error_text.h"

#include <QCoreApplication>

namespace layerline {

namespace {

struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
public:
    static QString about(ErrorKind kind, const QString& name)
    {
        switch (kind) {
        case ErrorKind::NotFound: return tr("%1 is not there. It may have been moved or deleted.").arg(name);
        case ErrorKind::BadInput: return tr("%1 can't be read: it is damaged, or not what it seems to be.").arg(name);
        case ErrorKind::TooLarge: return tr("%1 is larger than the limits allow. Nothing of it was kept; the limit for files is in Settings.").arg(name);
        case ErrorKind::Permission: return tr("%1 may not be read by you. Ask its owner, or change its permissions.").arg(name);
        case ErrorKind::Unreachable: return tr("%1 does not answer. Check that it runs and can be reached from here.").arg(name);
        case ErrorKind::Timeout: return tr("%1 took too long to answer. Try again in a while.").arg(name);
        case ErrorKind::Unsupported: return tr("%1 holds no build. Layerline opens .dockerbuild records, rawjson and plain progress, and zips of logs.").arg(name);
        case ErrorKind::Cancelled: return tr("%1 was not opened, as you wished.").arg(name);
        case ErrorKind::Corrupt: return tr("%1 is damaged: its content does not match its checksum.").arg(name);
        case ErrorKind::Internal: return tr("%1 could not be opened because of a fault in Layerline or the system.").arg(name);
        }
        return {};
    }
    static QString plain(ErrorKind kind)
    {
        switch (kind) {
        case ErrorKind::NotFound: return tr("Something that is needed is not there.");
        case ErrorKind::BadInput: return tr("Something can't be read: it is damaged, or not what it seems to be.");
        case ErrorKind::TooLarge: return tr("Something is larger than the limits allow; nothing of it was kept.");
        case ErrorKind::Permission: return tr("The system does not allow it. Check the permissions of what is named below.");
        case ErrorKind::Unreachable: return tr("Nobody answers. Check that the builder runs and can be reached from here.");
        case ErrorKind::Timeout: return tr("There was no answer in time. Try again in a while.");
        case ErrorKind::Unsupported: return tr("The other side is too old, or of a kind that is not known.");
        case ErrorKind::Cancelled: return tr("It was cancelled.");
        case ErrorKind::Corrupt: return tr("Stored data is damaged: it does not match its checksum. What could be saved was saved.");
        case ErrorKind::Internal: return tr("Something failed in Layerline or the system.");
        }
        return {};
    }
};

} // namespace

QString errorSentence(ErrorKind kind, const QString& subject)
{
    return subject.isEmpty() ? ErrorText::plain(kind) : ErrorText::about(kind, subject);
}

} // namespace layerline
