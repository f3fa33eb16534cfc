// A certificate for 127.0.0.1, made anew for each process: it can't expire and no key lies about.
#pragma once

#include <QByteArray>

namespace layerline::test {

struct TestCertificate {
    QByteArray certificate; ///< PEM, self-signed: also the CA file that trusts it
    QByteArray key;         ///< PEM
};

/// One of its own, signed by itself.
TestCertificate makeTestCertificate();
/// The one of this process.
const TestCertificate& testCertificate();

} // namespace layerline::test
