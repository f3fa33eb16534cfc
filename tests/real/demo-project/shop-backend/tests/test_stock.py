def test_stock():
    assert True
