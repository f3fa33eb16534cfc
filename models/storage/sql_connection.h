// One SQLite connection with Result instead of bool, kept to the thread that made it.
#pragma once

#include "domain/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <string>

namespace layerline {

class SqlConnection {
public:
    enum class Mode { ReadWrite, ReadOnly };

    SqlConnection() = default;
    ~SqlConnection() { close(); }
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;

    /// Opens the file. A writer switches it to WAL with full durability: what is committed survives kill -9 and a
    /// power cut. Waits up to `busyMs` for another process's transaction.
    Result<void> open(const std::string& path, Mode mode, int busyMs = 10'000);
    void close();
    bool isOpen() const { return m_database.isOpen(); }

    /// Runs a statement with positional values.
    Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    /// First column of the first row; an invalid QVariant when there is none.
    Result<QVariant> single(const QString& sql, const QVariantList& values = {});
    /// Turns a query's error into ours; call it when next() has ended, for damage shows only then.
    Result<void> check(const QSqlQuery& query);

    /// SQLite said at least once that the file is malformed or no database.
    bool damaged() const { return m_damaged; }
    /// For damage found by other means than an error code.
    void setDamaged() { m_damaged = true; }

private:
    Error translate(const QSqlError& error);

    QString m_name;
    QSqlDatabase m_database;
    bool m_damaged = false;
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back unless committed.
class SqlTransaction {
public:
    explicit SqlTransaction(SqlConnection& connection) : m_connection(connection) {}
    ~SqlTransaction();
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;
    Result<void> begin();
    Result<void> commit();

private:
    SqlConnection& m_connection;
    bool m_open = false;
};

} // namespace layerline
