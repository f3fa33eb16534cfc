#include "widgets/pages/replay_bar.h"

#include "domain/time.h"
#include "widgets/style/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

namespace layerline {

ReplayBar::ReplayBar(QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(10);
    auto* label = new QLabel(tr("Recording"), this);
    label->setProperty("role", QStringLiteral("muted"));
    m_play = new QToolButton(this);
    m_play->setObjectName(QStringLiteral("replayPlay"));
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(QStringLiteral("replayPosition"));
    m_slider->setAccessibleName(tr("Position in the recording"));
    m_slider->setRange(0, 1000);
    m_time = new QLabel(this);
    m_time->setProperty("role", QStringLiteral("muted"));
    m_speed = new QComboBox(this);
    m_speed->setObjectName(QStringLiteral("replaySpeed"));
    m_speed->setAccessibleName(tr("Speed"));
    for (const double speed : {0.5, 1.0, 2.0, 4.0, 8.0, 16.0})
        m_speed->addItem(QStringLiteral("%1×").arg(speed), speed);
    m_speed->setCurrentIndex(1);
    row->addWidget(label);
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(m_time);
    row->addWidget(m_speed);

    connect(m_play, &QToolButton::clicked, this, [this] { Q_EMIT playRequested(!m_playing); });
    // actionTriggered and sliderMoved come from people only, never from setValue().
    connect(m_slider, &QSlider::sliderMoved, this, &ReplayBar::seekRequested);
    connect(m_slider, &QSlider::actionTriggered, this, [this] { Q_EMIT seekRequested(m_slider->sliderPosition()); });
    connect(m_speed, &QComboBox::activated, this, [this](int index) { Q_EMIT speedRequested(m_speed->itemData(index).toDouble()); });
    setPlaying(false);
}

void ReplayBar::setLength(qint64 ms)
{
    m_length = ms;
    m_slider->setRange(0, int(qBound(qint64(1), ms, qint64(0x7fffffff))));
    m_slider->setPageStep(int(qMax(qint64(1), ms / 10)));
    m_slider->setSingleStep(1000);
    showTime(m_slider->value());
}

void ReplayBar::setPosition(qint64 ms)
{
    if (!m_slider->isSliderDown())
        m_slider->setValue(int(ms));
    showTime(ms);
}

void ReplayBar::setSpeed(double speed)
{
    m_speed->setCurrentIndex(m_speed->findData(speed));
}

void ReplayBar::setPlaying(bool playing)
{
    m_playing = playing;
    m_play->setIcon(Theme::icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    m_play->setToolTip(playing ? tr("Pause (Space)") : tr("Play (Space)"));
    m_play->setAccessibleName(m_play->toolTip());
}

void ReplayBar::showTime(qint64 ms)
{
    m_time->setText(QStringLiteral("%1 / %2").arg(humanElapsed({ms * 1'000'000}), humanElapsed({m_length * 1'000'000})));
}

} // namespace layerline
