#include "analysis/workflow/expression.h"

#include <QtTest>

using namespace layerline;
using Json = nlohmann::ordered_json;

class TestExpression : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void known_data();
    void known();
    void open();
    void errors_data();
    void errors();
    void references();
    void texts();
};

namespace {

ExpressionContext context()
{
    ExpressionContext result;
    result.values["matrix"] = {{"platform", "linux/arm64"}, {"n", 2}, {"list", {1, "two"}}, {"deep", {{"Key", "v"}}}};
    result.complete.insert("matrix");
    result.values["env"] = {{"REG", "ghcr.io"}};
    return result;
}

} // namespace

void TestExpression::known_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* expression, const char* json) { QTest::newRow(expression) << QByteArray(expression) << QByteArray(json); };
    row("matrix.platform", "\"linux/arm64\"");
    row("matrix['platform']", "\"linux/arm64\"");
    row("matrix.deep.key", "\"v\"");
    row("matrix.list[1]", "\"two\"");
    row("matrix.nothing", "null");
    row("matrix.nothing.more", "null");
    row("env.REG", "\"ghcr.io\"");
    row("matrix.platform == 'linux/arm64' && 'arm' || 'x64'", "\"arm\"");
    row("matrix.platform == 'LINUX/ARM64'", "true");
    row("!(matrix.n > 1) || !!false", "false");
    row("matrix.n >= 2 && matrix.n != 3 && matrix.n < '3' && matrix.n <= 2", "true");
    row("contains(matrix.platform, 'ARM')", "true");
    row("contains(matrix.list, 'two')", "true");
    row("contains(fromJSON('[\"linux/riscv64\"]'), matrix.platform)", "false");
    row("startsWith(matrix.platform, 'linux/') && endsWith(matrix.platform, '64')", "true");
    row("format('{0}-{1} {{x}}', matrix.platform, matrix.n)", "\"linux/arm64-2 {x}\"");
    row("join(fromJSON('[\"a\",\"b\"]'), '+')", "\"a+b\"");
    row("fromJSON('{\"linux/arm64\":\"big\"}')[matrix.platform]", "\"big\"");
    row("toJSON(matrix.n)", "\"2\"");
    row("'it''s'", "\"it's\"");
    row("-1.5", "-1.5");
    row("null == ''", "true");
    row("true == 1", "true");
    row("github.ref == 'x' && false", "false");
    row("always()", "true");
}

void TestExpression::known()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, json);
    const auto value = evaluateExpression(expression.toStdString(), context());
    QVERIFY2(value.ok(), value.ok() ? "" : value.error().detail.c_str());
    if (expression == "github.ref == 'x' && false") {
        QCOMPARE(value->values, std::vector<Json>{Json(false)});
        return;
    }
    QVERIFY(value->known());
    QCOMPARE(QByteArray::fromStdString(value->values[0].dump()), json);
}

void TestExpression::open()
{
    const auto of = [](const char* text) {
        const auto value = evaluateExpression(text, context());
        return value ? *value : Outcomes();
    };
    const Outcomes ternary = of("github.ref_type == 'tag' && 'big' || 'small'");
    QCOMPARE(ternary.values, (std::vector<Json>{"big", "small"}));
    QVERIFY(!ternary.open && !ternary.openFalsy);
    const Outcomes variable = of("vars.RUNNER || 'ubuntu-latest'");
    QVERIFY(variable.open);
    QCOMPARE(variable.values, std::vector<Json>{"ubuntu-latest"});
    QVERIFY(of("secrets.X").open);
    QVERIFY(of("env.OTHER").open);
    QVERIFY(of("format('{0}', github.sha)").open);
    QVERIFY(of("hashFiles('x')").open);
    QCOMPARE(of("contains(github.ref, 'x')").values.size(), std::size_t(2));
    QCOMPARE(of("success()").values.size(), std::size_t(2));
    const Outcomes names = of("format('r-{0}', github.ref_type == 'tag' && 'a' || 'b')");
    QCOMPARE(names.values, (std::vector<Json>{"r-a", "r-b"}));
    const auto text = evaluateTemplate("${{ env.REG }}/app:${{ matrix.n }}", context());
    QCOMPARE(text->values[0], Json("ghcr.io/app:2"));
    QCOMPARE(evaluateTemplate("${{ matrix.n }}", context())->values[0], Json(2));
    QVERIFY(evaluateTemplate("v${{ github.sha }}", context())->open);
    QCOMPARE(evaluateTemplate("${{ '}}' }}", context())->values[0], Json("}}"));
}

void TestExpression::errors_data()
{
    QTest::addColumn<QByteArray>("expression");
    for (const char* text : {"", "a ||", "(a", "a)", "'open", "a..b", "a[0", "1x", "nosuch(1)", "contains('a')", "fromJSON('{')", "a ? b : c", "\"double\"",
                             "a = b", "format('{1}', 'x')"})
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
    QTest::newRow("deep") << QByteArray(5000, '(') + "1" + QByteArray(5000, ')');
    QTest::newRow("long") << QByteArray(30'000, 'a');
    QTest::newRow("deep JSON") << QByteArray("fromJSON('") + QByteArray(9000, '[') + QByteArray(9000, ']') + "')";
}

void TestExpression::errors()
{
    QFETCH(QByteArray, expression);
    const auto value = evaluateExpression(expression.toStdString(), context());
    QVERIFY(!value.ok());
    QVERIFY(!value.error().detail.empty());
    QVERIFY(!evaluateTemplate("${{ a", context()).ok());
}

void TestExpression::references()
{
    QCOMPARE(expressionReferences("x ${{ secrets.A }} ${{ steps.meta.outputs['tags'] || format('{0}', needs.b.outputs.c) }}"),
             (std::vector<std::string>{"secrets.A", "steps.meta.outputs.tags", "needs.b.outputs.c"}));
    QCOMPARE(conditionReferences("github.event_name != 'push' && inputs.x"), (std::vector<std::string>{"github.event_name", "inputs.x"}));
    QCOMPARE(conditionReferences("${{ env.A }}"), std::vector<std::string>{"env.A"});
    QCOMPARE(expressionReferences("plain"), std::vector<std::string>());
}

void TestExpression::texts()
{
    QCOMPARE(resolvedText("${{env.REG}}/${{  github.repository }}:${{ matrix.n }}", context()), std::string("ghcr.io/${{ github.repository }}:2"));
    QCOMPARE(resolvedText("open ${{ a", context()), std::string("open ${{ a"));
    QCOMPARE(expressionText(nullptr), std::string());
    QCOMPARE(expressionText(1.5), std::string("1.5"));
    QVERIFY(!truthy("") && !truthy(0) && !truthy(nullptr) && !truthy(false));
    QVERIFY(truthy("false") && truthy(Json::array()) && truthy(-1));
}

QTEST_APPLESS_MAIN(TestExpression)
#include "test_expression.moc"
