#include "widgets/style/style_sheet.h"

#include "widgets/style/theme.h"

#include <QHash>

namespace layerline {

namespace {

const char* const controls = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 7px; }
QPushButton { background: @panel; color: @text; border: 1px solid @line; border-radius: 7px; padding: 5px 12px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:disabled { color: @faint; }
QPushButton:focus { border-color: @accent; }
QPushButton::menu-indicator { width: 0; }
QPushButton[primary="true"] { background: @primary; border-color: @primary; color: #ffffff; }
QPushButton[primary="true"]:hover { background: @primaryHover; }
QPushButton[primary="true"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: @hover; }
QPushButton[flat="true"]:focus { border-color: @accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; color: @muted; }
QToolButton:hover { background: @hover; color: @text; }
QToolButton:checked { background: @selection; color: @text; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @faint; }
QToolButton[rail="true"] { border-radius: 8px; padding: 6px 0 5px 0; font-size: 7.5pt; }
QLineEdit { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 6px 10px;
            selection-background-color: @accent; selection-color: #ffffff; }
QLineEdit:focus { border-color: @accent; }
QLineEdit:disabled { color: @faint; }
QComboBox { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 6px 10px; }
QComboBox:focus, QComboBox:on { border-color: @accent; }
QComboBox:disabled { color: @faint; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/layerline/icons/combo-arrow.svg); width: 12px; height: 12px; }
QSpinBox, QDoubleSpinBox { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 6px 6px 6px 10px; }
QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent; }
QSpinBox:disabled, QDoubleSpinBox:disabled { color: @faint; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 24px; border: none; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 24px; border: none; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/layerline/icons/spin-up.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/layerline/icons/combo-arrow.svg); width: 10px; height: 10px; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line; padding: 4px; selection-background-color: @selection; selection-color: @text; }
QPlainTextEdit, QTextEdit { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 4px 6px;
                            selection-background-color: @accent; selection-color: #ffffff; }
QPlainTextEdit:focus, QTextEdit:focus { border-color: @accent; }
QCheckBox { spacing: 7px; }
QCheckBox:disabled { color: @faint; }
QCheckBox::indicator, QTableView::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 4px; background: @panel; }
QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: @primary; border-color: @primary; image: url(:/layerline/icons/check-mark.svg); }
QCheckBox::indicator:disabled, QTableView::indicator:disabled { border-color: @line; background: @line; }
QRadioButton { spacing: 7px; }
QRadioButton:disabled { color: @faint; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 8px; background: @panel; }
QRadioButton::indicator:focus { border-color: @accent; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @primary; background: #ffffff; }
QRadioButton::indicator:disabled { border-color: @line; }
QTableView { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; selection-background-color: @selection; selection-color: @text; }
QTableView:focus { border-color: @accent; }
QTableView[frameless="true"] { border: none; border-radius: 0; }
QLabel[chip="true"] { border: 1px solid @line; border-radius: 10px; padding: 1px 9px; color: @muted; font-size: 9pt; }
QLabel[chip="true"][tone="run"] { color: @run; border-color: @runLine; }
QLabel[chip="true"][tone="bad"] { color: @fail; border-color: @failLine; }
QLabel[chip="true"][tone="warn"] { color: @warn; border-color: @warnLine; }
QLabel[chip="true"][tone="good"] { color: @good; border-color: @goodLine; }
QLabel[role="title"] { font-size: 13.5pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 10.5pt; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="faint"] { color: @faint; }
QLabel[role="section"] { color: @faint; font-size: 8.25pt; font-weight: 600; }
QLabel[role="kbd"] { border: 1px solid @line; border-radius: 4px; padding: 0 5px; color: @faint; font-size: 8.25pt; }
QLabel[tone="run"] { color: @run; }
QLabel[tone="bad"] { color: @fail; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="good"] { color: @good; }
)";

const char* const containers = R"(
QFrame[role="panel"] { background: @panel; border: none; }
QFrame[role="raised"] { background: @raised; border: none; }
QFrame[role="card"] { background: @panel; border: 1px solid @line; border-radius: 9px; }
QFrame[role="well"] { background: @raised; border: 1px solid @line; border-radius: 7px; }
QFrame[role="line"] { background: @line; border: none; max-height: 1px; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent; padding: 8px 1px;
               margin-right: 22px; font-weight: 500; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @scrollHover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @raised; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 5px 22px 5px 12px; border-radius: 5px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenuBar { background: @background; border-bottom: 1px solid @line; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: @hover; }
QStatusBar { background: @background; color: @muted; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QProgressBar { background: @raised; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QHeaderView::section { background: @raised; color: @faint; border: none; border-bottom: 1px solid @line; padding: 5px 8px; font-weight: 600; }
)";

} // namespace

QString styleSheetFor(const Palette& p)
{
    QString sheet = QString::fromLatin1(controls) + QString::fromLatin1(containers);
    const auto name = [](const QColor& color) { return color.name(); };
    // White on the dark theme's accent has a contrast of 2.7 only: the primary button takes a deeper blue there.
    const QColor primary = contrastRatio(Qt::white, p.accent) >= 4.5 ? p.accent : QColor(0x2f6fdc);
    const std::pair<QString, QString> values[] = {
        {QStringLiteral("@background"), name(p.background)},
        {QStringLiteral("@panel"), name(p.panel)},
        {QStringLiteral("@raised"), name(p.panelRaised)},
        {QStringLiteral("@line"), name(p.line)},
        {QStringLiteral("@text"), name(p.text)},
        {QStringLiteral("@muted"), name(p.muted)},
        {QStringLiteral("@faint"), name(p.faint)},
        {QStringLiteral("@accent"), name(p.accent)},
        {QStringLiteral("@selection"), name(p.selection)},
        {QStringLiteral("@hover"), name(mixed(p.line, p.panel, 0.55))},
        {QStringLiteral("@primaryHover"), name(mixed(primary, p.text, 0.88))},
        {QStringLiteral("@primary"), name(primary)},
        {QStringLiteral("@runLine"), name(mixed(p.running, p.background, 0.5))},
        {QStringLiteral("@run"), name(p.running)},
        {QStringLiteral("@failLine"), name(mixed(p.failed, p.background, 0.5))},
        {QStringLiteral("@fail"), name(p.failed)},
        {QStringLiteral("@warnLine"), name(mixed(p.rebuilt, p.background, 0.55))},
        {QStringLiteral("@warn"), name(mixed(p.rebuilt, p.text, 0.85))},
        {QStringLiteral("@goodLine"), name(mixed(p.cached, p.background, 0.5))},
        {QStringLiteral("@good"), name(mixed(p.cached, p.text, 0.85))},
        {QStringLiteral("@scrollHover"), name(mixed(p.muted, p.panel, 0.6))},
        {QStringLiteral("@scroll"), name(mixed(p.muted, p.panel, 0.32))},
    };
    for (const auto& [key, value] : values)
        sheet.replace(key, value);
    return sheet;
}

} // namespace layerline
