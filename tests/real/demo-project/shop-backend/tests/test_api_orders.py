def test_api_orders():
    assert True
