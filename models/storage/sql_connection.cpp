#include "storage/sql_connection.h"

#include <QSqlError>

#include <atomic>

#include <sys/stat.h>

namespace layerline {

namespace {

// SQLite's primary result codes (sqlite3.h); Qt hands out extended ones, the primary code is the low byte.
enum SqliteCode { Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26 };
constexpr int shortRead = 522; ///< IOERR_SHORT_READ: a page is missing at the end of the file

QString freshName()
{
    static std::atomic<unsigned> next{0};
    return QStringLiteral("layerline-history-%1").arg(next.fetch_add(1));
}

} // namespace

Result<void> SqlConnection::open(const std::string& path, Mode mode, int busyMs)
{
    close();
    m_damaged = false;
    struct stat known{};
    if (::stat(path.c_str(), &known) == 0 && !S_ISREG(known.st_mode)) // opening a pipe would wait for ever
        return Error{ErrorKind::Permission, path + " is not a regular file", false};
    m_name = freshName();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    m_database.setDatabaseName(QString::fromStdString(path));
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMs);
    if (mode == Mode::ReadOnly)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    m_database.setConnectOptions(options);
    if (!m_database.open()) {
        const Error error = translate(m_database.lastError());
        close();
        return error;
    }
    // The schema of a damaged file must not run anything.
    QStringList pragmas{QStringLiteral("PRAGMA trusted_schema=OFF"), QStringLiteral("PRAGMA cell_size_check=ON")};
    if (mode == Mode::ReadWrite) {
        pragmas << QStringLiteral("PRAGMA journal_mode=WAL") << QStringLiteral("PRAGMA synchronous=FULL")
                << QStringLiteral("PRAGMA foreign_keys=ON") << QStringLiteral("PRAGMA secure_delete=ON")
                << QStringLiteral("PRAGMA journal_size_limit=4194304");
    }
    for (const QString& pragma : pragmas) {
        if (auto done = run(pragma); !done)
            return done.error();
    }
    return {};
}

void SqlConnection::close()
{
    if (m_name.isEmpty())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

Result<QSqlQuery> SqlConnection::run(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return translate(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return translate(query.lastError());
    return query;
}

Result<QVariant> SqlConnection::single(const QString& sql, const QVariantList& values)
{
    auto query = run(sql, values);
    if (!query)
        return query.error();
    const QVariant value = query->next() ? query->value(0) : QVariant();
    if (auto sound = check(*query); !sound)
        return sound.error();
    return value;
}

Result<void> SqlConnection::check(const QSqlQuery& query)
{
    const QSqlError error = query.lastError();
    if (error.type() == QSqlError::NoError)
        return {};
    return translate(error);
}

Error SqlConnection::translate(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt();
    const std::string text = "history database: " + error.databaseText().toStdString() + " (" + std::to_string(code) + ')';
    if (code == shortRead || (code & 0xff) == Corrupt || (code & 0xff) == NotADatabase) {
        m_damaged = true;
        return {ErrorKind::Corrupt, text};
    }
    switch (code & 0xff) {
    case Busy:
    case Locked: return {ErrorKind::Timeout, text, true};
    case Permission:
    case ReadOnly: return {ErrorKind::Permission, text};
    case CannotOpen: return {ErrorKind::NotFound, text};
    case Full:
    case IoError: return {ErrorKind::Internal, text, true};
    default: return {ErrorKind::Internal, text};
    }
}

SqlTransaction::~SqlTransaction()
{
    if (m_open)
        (void)m_connection.run(QStringLiteral("ROLLBACK"));
}

Result<void> SqlTransaction::begin()
{
    auto done = m_connection.run(QStringLiteral("BEGIN IMMEDIATE"));
    if (!done)
        return done.error();
    m_open = true;
    return {};
}

Result<void> SqlTransaction::commit()
{
    auto done = m_connection.run(QStringLiteral("COMMIT"));
    if (!done)
        return done.error();
    m_open = false;
    return {};
}

} // namespace layerline
