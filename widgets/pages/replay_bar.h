// Play, pause, speed and seek of a recording.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace layerline {

/// Only the controls: whoever replays is connected to the signals. Times in milliseconds.
class ReplayBar : public QWidget {
    Q_OBJECT
public:
    explicit ReplayBar(QWidget* parent = nullptr);

    void setLength(qint64 ms);
    void setPosition(qint64 ms);
    void setSpeed(double speed);
    void setPlaying(bool playing);
    bool playing() const { return m_playing; }

Q_SIGNALS:
    void playRequested(bool play);
    void seekRequested(qint64 ms);
    void speedRequested(double speed);

private:
    void showTime(qint64 ms);

    QToolButton* m_play;
    QSlider* m_slider;
    QLabel* m_time;
    QComboBox* m_speed;
    qint64 m_length = 0;
    bool m_playing = false;
};

} // namespace layerline
